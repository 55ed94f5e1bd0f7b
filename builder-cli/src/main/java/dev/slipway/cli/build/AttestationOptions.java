package dev.slipway.cli.build;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.UsageException;
import dev.slipway.diagnostic.GoBoolean;
import java.util.List;
import java.util.Map;

/**
 * {@code --attest}, {@code --provenance} and {@code --sbom}, which may only say that none is
 * wanted: scripts do, as docker adds attestations where nothing is said.
 */
final class AttestationOptions {
  private static final char NONE = 0;
  private static final String HIDDEN = "";
  private static final List<String> TYPES = List.of("provenance", "sbom");

  private AttestationOptions() {}

  static List<Option> options() {
    return List.of(
        Option.repeated("attest", NONE, "type=TYPE", HIDDEN, ""),
        Option.single("provenance", NONE, "VALUE", HIDDEN, ""),
        Option.single("sbom", NONE, "VALUE", HIDDEN, ""));
  }

  /**
   * @throws UsageException if an attestation is asked for, or a value is not of its option's form
   */
  static void check(Arguments arguments) {
    for (String text : arguments.all("attest")) {
      Map<String, String> fields = CommaSeparated.pairs("attest", text);
      String type = fields.get("type");
      if (type == null || !TYPES.contains(type)) {
        throw new UsageException(
            "--attest wants type=provenance or type=sbom, not \"" + text + "\"");
      }
      if (!truth("--attest: disabled", fields.getOrDefault("disabled", "false"))) {
        throw refused("--attest type=" + type, "--attest type=" + type + ",disabled=true");
      }
    }
    for (String type : TYPES) {
      String value = arguments.last(type);
      if (value != null && (value.contains("=") || truth("--" + type, value))) {
        throw refused("--" + type + " " + value, "--" + type + "=false");
      }
    }
  }

  private static boolean truth(String what, String value) {
    return GoBoolean.parse(value)
        .orElseThrow(() -> new UsageException(what + " is true or false, not \"" + value + "\""));
  }

  private static UsageException refused(String written, String off) {
    return new UsageException(
        written + " is not supported: Slipway makes no attestations",
        "leave it out or say " + off + ", and attest to the image that is pushed");
  }
}
