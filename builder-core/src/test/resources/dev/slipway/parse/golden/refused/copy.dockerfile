FROM a
COPY
COPY only-one
ADD <<EOF
x
EOF
COPY a <<EOF
x
EOF
COPY --from=$stage a /b
COPY [1, "b"] 
COPY ["one"]
