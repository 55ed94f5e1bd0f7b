FROM a
COPY --chwon=1 --form=x a /b
COPY --chown a /b
COPY --chown=1 --chown=2 a /b
COPY --link=maybe a /b
COPY --link= a /b
RUN --mount target=/x true
RUN --netwerk=none true
CMD --flag ["x"]
ADD --parents a /b
USER --x y
