package dev.slipway.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of an extended header that apply to the next member. POSIX.1-2001, pax. */
final class PaxRecords {
  static final String XATTR = "SCHILY.xattr.";

  private final Map<String, byte[]> records = new LinkedHashMap<>();

  /**
   * Adds the records of a header's body; a later record of a keyword counts, an empty one takes it
   * back.
   */
  void parse(byte[] body) {
    int at = 0;
    while (at < body.length && body[at] != 0) {
      int space = at;
      int length = 0;
      while (space < body.length && body[space] >= '0' && body[space] <= '9') {
        length = length * 10 + (body[space] - '0');
        if (length > body.length) {
          throw malformed();
        }
        space++;
      }
      int end = at + length;
      if (space == at
          || space >= body.length
          || body[space] != ' '
          || end <= space + 1
          || end > body.length
          || body[end - 1] != '\n') {
        throw malformed();
      }
      add(body, space + 1, end - 1);
      at = end;
    }
  }

  private void add(byte[] body, int start, int end) {
    int equals = start;
    while (equals < end && body[equals] != '=') {
      equals++;
    }
    if (equals == end || equals == start) {
      throw malformed();
    }
    String keyword = new String(body, start, equals - start, StandardCharsets.UTF_8);
    if (keyword.startsWith("GNU.sparse.")) {
      throw LayerReader.sparse();
    }
    records.put(keyword, Arrays.copyOfRange(body, equals + 1, end));
  }

  Map<String, byte[]> all() {
    return records;
  }

  /** The value of a record that names a file, or null. */
  byte @Nullable [] name(String keyword) {
    byte[] value = records.get(keyword);
    return value == null || value.length == 0 ? null : value;
  }

  /** The value of a record that is a whole number, or the given one. */
  long number(String keyword, long otherwise) {
    byte[] value = records.get(keyword);
    if (value == null || value.length == 0) {
      return otherwise;
    }
    try {
      return Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  /** Seconds and nanoseconds of a record that is a time, or null. */
  long @Nullable [] time(String keyword) {
    byte[] value = records.get(keyword);
    if (value == null || value.length == 0) {
      return null;
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    int point = text.indexOf('.');
    try {
      String whole = point < 0 ? text : text.substring(0, point);
      boolean negative = whole.startsWith("-");
      long seconds = whole.isEmpty() || whole.equals("-") ? 0 : Long.parseLong(whole);
      long nanos = point < 0 ? 0 : nanos(text.substring(point + 1));
      // Nanoseconds count upwards, also before the epoch.
      return negative && nanos > 0
          ? new long[] {seconds - 1, 1_000_000_000 - nanos}
          : new long[] {seconds, nanos};
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  private static long nanos(String digits) {
    long nanos = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed();
      }
      if (i < 9) {
        nanos = nanos * 10 + digit;
      }
    }
    for (int i = digits.length(); i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static LayerException malformed() {
    return new LayerException("malformed extended tar header");
  }

  /** The bytes of one record, its length included in itself. */
  static byte[] encode(String keyword, byte[] value) {
    byte[] name = keyword.getBytes(StandardCharsets.UTF_8);
    int rest = name.length + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    if (Integer.toString(length).length() + rest != length) {
      length = rest + Integer.toString(length).length();
    }
    byte[] record = new byte[length];
    byte[] digits = Integer.toString(length).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(digits, 0, record, 0, digits.length);
    record[digits.length] = ' ';
    System.arraycopy(name, 0, record, digits.length + 1, name.length);
    record[digits.length + 1 + name.length] = '=';
    System.arraycopy(value, 0, record, digits.length + 2 + name.length, value.length);
    record[length - 1] = '\n';
    return record;
  }
}
