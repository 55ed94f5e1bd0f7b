RUN echo too early
ARG fine
COPY a b
FROM a
