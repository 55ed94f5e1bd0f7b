/**
 * How servers are reached by HTTP. Comes in: URLs, the variables of the environment that name
 * proxies, which certificates to trust; goes out: a client that sends requests as they are, through
 * the proxy that is theirs. It knows nothing of registries or files, and never tells a credential.
 */
@NullMarked
package dev.slipway.http;

import org.jspecify.annotations.NullMarked;
