package dev.slipway.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Values of the form {@code type=oci,dest=out.tar}: one record of RFC 4180, as docker reads them,
 * so {@code "dest=a,b.tar"} in double quotes keeps its comma and {@code ""} is one double quote.
 */
public final class CommaSeparated {
  private CommaSeparated() {}

  /** The fields of {@code text}. */
  public static List<String> fields(String option, String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int i = 0;
    boolean quoted = false;
    boolean start = true;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i < text.length() && text.charAt(i) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        if (!start) {
          throw new UsageException(
              "--" + option + ": a double quote in the middle of a field in \"" + text + "\"",
              "put the quotes around the whole field: \"dest=a,b\"");
        }
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
        start = true;
        continue;
      } else {
        field.append(c);
      }
      start = false;
    }
    if (quoted) {
      throw new UsageException(
          "--" + option + ": a double quote is not closed in \"" + text + "\"");
    }
    fields.add(field.toString());
    return fields;
  }

  /**
   * The {@code key=value} fields of {@code text}; keys in lower case.
   *
   * @throws UsageException for a field without {@code =}, or a key given twice
   */
  public static Map<String, String> pairs(String option, String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String field : fields(option, text)) {
      int equals = field.indexOf('=');
      if (equals <= 0) {
        throw new UsageException("--" + option + ": expected key=value, found \"" + field + "\"");
      }
      String key = field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (pairs.put(key, field.substring(equals + 1)) != null) {
        throw new UsageException("--" + option + ": \"" + key + "\" is given twice");
      }
    }
    return pairs;
  }
}
