FROM a
RUN echo hi \
 \
 world \
\
 good\
\
night
\
RUN one
  \
  \
COPY a \
\
  --b=1 /c
