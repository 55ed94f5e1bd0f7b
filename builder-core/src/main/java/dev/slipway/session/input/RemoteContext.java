package dev.slipway.session.input;

import dev.slipway.context.ReceivedContext;
import java.util.Optional;

/**
 * A context that a URL named.
 *
 * @param modified seconds: a commit's time, what the server says, or the newest file of an archive
 */
record RemoteContext(ReceivedContext content, Optional<Long> modified) {}
