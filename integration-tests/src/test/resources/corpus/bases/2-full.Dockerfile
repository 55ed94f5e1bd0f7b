FROM registry/users
RUN mkdir /w /data && echo d > /data/d && ln -s data /link && chmod 750 /data
MAINTAINER someone
ENV A=base B="b c"
LABEL from=base over=base
EXPOSE 80 53/udp
VOLUME /vol
USER app
WORKDIR /w
STOPSIGNAL SIGINT
HEALTHCHECK --interval=5s --timeout=2s --retries=2 CMD true
SHELL ["/bin/sh", "-e", "-c"]
ENTRYPOINT ["/bin/entry"]
CMD ["arg"]
