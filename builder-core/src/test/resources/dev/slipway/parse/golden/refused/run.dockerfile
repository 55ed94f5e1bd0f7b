FROM a
RUN --network=nowhere x
RUN --security=secure x
RUN --mount=type=bind,from=$stage,target=/x y
RUN --mount=\"open x
RUN --mount=a\"b x
RUN --mount= x
RUN ["a", {"b": [1, 2]}]
