/**
 * The account of an image for other programs and for browsers: comes in an account, goes out JSON
 * or a page of HTML. It knows nothing of images but what the account says.
 */
@NullMarked
package dev.slipway.inspect.report;

import org.jspecify.annotations.NullMarked;
