package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import java.util.List;

/** Checks the options of a mount against its type and fills in the defaults. */
final class RunMountParser {
  private final SourceSpan span;

  RunMountParser(SourceSpan span) {
    this.span = span;
  }

  RunMount parse(List<MountOption> options) {
    throw new UnsupportedOperationException(span + " " + options);
  }
}
