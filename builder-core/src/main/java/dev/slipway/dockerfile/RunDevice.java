package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;

/** A {@code --device} flag of RUN: a CDI device. */
public record RunDevice(String name, boolean required, SourceSpan span) {}
