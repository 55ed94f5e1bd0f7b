/**
 * What is found: in the Dockerfile before the build, in the image after it, and the lines that
 * would repair it. It tells of findings and ends builds by them; it writes nothing.
 */
@NullMarked
package dev.slipway.session.findings;

import org.jspecify.annotations.NullMarked;
