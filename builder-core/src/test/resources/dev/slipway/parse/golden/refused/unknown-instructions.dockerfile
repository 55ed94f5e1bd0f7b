FROM a
COPPY a b
Runn x
WROKDIR /x
SOMETHING
RNU <<EOF
no instruction either
EOF
"RUN" x
