/**
 * A build's events come in; what people or machines read of them goes out, to the stream and the
 * clock that are handed in. It knows nothing of commands, options or how an image is built.
 */
@NullMarked
package dev.slipway.cli.progress;

import org.jspecify.annotations.NullMarked;
