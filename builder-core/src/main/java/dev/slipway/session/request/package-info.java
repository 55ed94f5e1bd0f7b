/**
 * What is asked for: a {@link dev.slipway.BuildRequest} goes in, its texts come out read and
 * checked, before anything is fetched or built. It must not open a file that a step could read.
 */
@NullMarked
package dev.slipway.session.request;

import org.jspecify.annotations.NullMarked;
