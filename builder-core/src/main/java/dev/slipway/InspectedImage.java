package dev.slipway;

import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.start.StartReport;

/**
 * What was found in an image.
 *
 * @param account where its bytes are
 * @param start whether its command can be started, and what that needs
 */
public record InspectedImage(ImageAccount account, StartReport start) {}
