package dev.slipway.dockerfile;

/** A pair of ENV or LABEL; neither side is expanded. */
public record KeyValue(Word key, Word value) {}
