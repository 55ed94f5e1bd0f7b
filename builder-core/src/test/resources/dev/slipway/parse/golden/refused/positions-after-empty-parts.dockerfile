FROM a
\
\
COPY --bogus=1 \
\
  --b=1 a /c
