package dev.slipway.dockerfile;

import org.jspecify.annotations.Nullable;

/** The instructions of the Dockerfile language. */
public enum Keyword {
  ADD,
  ARG,
  CMD,
  COPY,
  ENTRYPOINT,
  ENV,
  EXPOSE,
  FROM,
  HEALTHCHECK,
  LABEL,
  MAINTAINER,
  ONBUILD,
  RUN,
  SHELL,
  STOPSIGNAL,
  USER,
  VOLUME,
  WORKDIR;

  private static final Keyword[] ALL = values();

  /** The keyword that {@code text} spells in any case, or null. */
  public static @Nullable Keyword of(String text) {
    for (Keyword keyword : ALL) {
      if (keyword.name().equalsIgnoreCase(text) && isAscii(text)) {
        return keyword;
      }
    }
    return null;
  }

  /** Without it {@code uſer} would be USER: to compare in any case takes a long s for an S. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }
}
