ARG TAG=1.2 UNSET EMPTY=
FROM --platform=$BUILDPLATFORM registry.example:5000/team/base:${TAG} AS Builder
ADD --checksum=sha256:abc --keep-git-dir=true --unpack=false --chown=1:2 https://example.org/a.tgz b /opt/
ARG VERSION
CMD ["serve", "--port", "80"]
COPY --from=0 --chmod=u=rwx,go=rx --link --parents --exclude=*.md --exclude=tmp src /dst
ENTRYPOINT exec top -b
ENV A=1 B="two words" C=it\'s
EXPOSE 80 443/tcp 5000-5010/udp
HEALTHCHECK --interval=30s --timeout=1m30s --start-period=500ms --start-interval=2s --retries=3 CMD curl -f http://localhost/
LABEL org.opencontainers.image.title="a title" plain=x
MAINTAINER Somebody <somebody@example.org>
ONBUILD RUN make install
RUN --mount=type=cache,target=/root/.cache --mount=type=secret,id=token --network=none --security=sandbox make
SHELL ["/bin/bash", "-c"]
STOPSIGNAL SIGQUIT
USER app:app
VOLUME /data /logs
WORKDIR /srv/app
