FROM registry/busybox
ONBUILD COPY f /triggered
ONBUILD RUN echo ran > /ran
ONBUILD ENV TRIGGERED=yes
