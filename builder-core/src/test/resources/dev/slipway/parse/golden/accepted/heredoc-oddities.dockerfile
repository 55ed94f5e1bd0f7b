FROM a
COPY <<E <<E /twice/
first
E
second
E
RUN ["cat", "<<E"]
RUN echo it's <<E
FROM b
