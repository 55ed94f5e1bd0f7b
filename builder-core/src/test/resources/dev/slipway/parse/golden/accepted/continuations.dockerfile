FROM a
RUN first && \
    # a comment inside does not count
    second && \   
    third

RUN a \
b\
c
RUN not\\
RUN continued by the end of the file \
