package dev.slipway.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The lines that a stage leaves in an image's history, as BuildKit words them. */
class HistoryTest {
  private final Plans plans = new Plans();

  @Test
  void stepsTellWhatTheyDid() {
    assertThat(
            plans
                .arg("V", "2")
                .history(
                    """
                    FROM scratch
                    ARG V=1
                    ARG W
                    WORKDIR app
                    RUN make "a  b"
                    RUN ["make", "a b"]
                    COPY --chown=1:2 --chmod=600 a b ./
                    ADD --link a /
                    """))
        .containsExactly(
            "ARG V=2",
            "ARG W",
            "WORKDIR /app",
            "RUN |2 V=2 W= /bin/sh -c make \"a  b\" # buildkit",
            "RUN |2 V=2 W= make a b # buildkit",
            "COPY --chown=1:2 --chmod=600 a b ./ # buildkit",
            "ADD a / # buildkit");
  }

  @Test
  void configurationIsWordedAsGoPrintsIt() {
    assertThat(
            plans.history(
                """
                FROM scratch
                ENV a=1 b="x y"
                LABEL c=d
                EXPOSE 80 90-91/udp
                VOLUME /a /b
                USER me
                STOPSIGNAL SIGINT
                SHELL ["/bin/bash", "-c"]
                CMD echo "a"
                ENTRYPOINT ["/x", "y\\"z"]
                HEALTHCHECK --interval=90s --timeout=1500ms --retries=2 CMD check it
                MAINTAINER me
                """))
        .containsExactly(
            "ENV a=1 b=x y",
            "LABEL c=d",
            "EXPOSE [80/tcp 90/udp 91/udp]",
            "VOLUME [/a /b]",
            "USER me",
            "STOPSIGNAL SIGINT",
            "SHELL [/bin/bash -c]",
            "CMD [\"/bin/bash\" \"-c\" \"echo \\\"a\\\"\"]",
            "ENTRYPOINT [\"/x\" \"y\\\"z\"]",
            "HEALTHCHECK &{[\"CMD-SHELL\" \"check it\"] \"1m30s\" \"1.5s\" \"0s\" \"0s\" '\\x02'}",
            "MAINTAINER me");
  }

  @Test
  void noPasswordOfAUrlIsInTheHistory() {
    assertThat(
            plans.history(
                """
                FROM scratch
                ARG TOKEN=secret
                ADD https://me:${TOKEN}@host/file /
                ADD https://secret@host/r.git#main /r
                """))
        .containsExactly(
            "ARG TOKEN=secret",
            "ADD https://***@host/file / # buildkit",
            "ADD https://***@host/r.git#main /r # buildkit");
  }
}
