FROM a
COPY --chown="a b":c --chmod='0755' --link=FALSE src /x
RUN -- --not-a-flag
COPY -- --odd /x
RUN -x --y
