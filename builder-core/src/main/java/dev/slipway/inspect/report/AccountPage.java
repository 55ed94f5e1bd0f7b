package dev.slipway.inspect.report;

import dev.slipway.inspect.account.ImageAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The account as one page of HTML with all that it needs in it: it loads nothing, and works from a
 * file without a network.
 */
public final class AccountPage {
  private static final String TEMPLATE = "account.html";
  private static final String PLACE = "/*ACCOUNT*/";

  private AccountPage() {}

  /** The page, as UTF-8. */
  public static byte[] write(ImageAccount account) {
    // Inside a script element, "</script" or "<!--" of a file's name would end or change it.
    String json =
        new String(AccountJson.write(account), StandardCharsets.UTF_8)
            .replace("<", "\\u003c")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029");
    return template().replace(PLACE, json).getBytes(StandardCharsets.UTF_8);
  }

  private static String template() {
    try (InputStream in = AccountPage.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + TEMPLATE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
