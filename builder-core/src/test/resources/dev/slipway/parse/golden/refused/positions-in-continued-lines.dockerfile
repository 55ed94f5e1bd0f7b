FROM a
COPY --from=x \
     # a comment
     --bogus=1 \
     a /b
ENV A=1 \
    B \
    C=3
