FROM a
RUN one \
  two
COPY <<EOF /f
line
EOF
# end
