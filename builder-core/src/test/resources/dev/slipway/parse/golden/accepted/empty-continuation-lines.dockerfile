FROM a
RUN one \

    two \
    
    three
ENV A=1 \

