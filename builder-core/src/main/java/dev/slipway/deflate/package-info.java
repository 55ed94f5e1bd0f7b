/**
 * Compression by RFC 1951. Comes in: bytes, after others that were compressed before them; goes
 * out: whole bytes of deflated data, from an encoder of our own or the JDK's. It knows neither gzip
 * nor layers, and decompresses nothing.
 */
@NullMarked
package dev.slipway.deflate;

import org.jspecify.annotations.NullMarked;
