package dev.slipway.parse;

import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;

/** Splits the value of {@code --mount} and {@code --device} at commas, as one line of CSV. */
final class CsvFields {
  private CsvFields() {}

  /**
   * The fields, quotes removed.
   *
   * @throws IllegalArgumentException whose message says what is wrong, if the quotes are wrong
   */
  static List<String> split(Word value) {
    String text = value.text();
    List<String> fields = new ArrayList<>();
    int position = 0;
    while (true) {
      if (position < text.length() && text.charAt(position) == '"') {
        StringBuilder field = new StringBuilder();
        position = quoted(text, position + 1, field);
        fields.add(field.toString());
      } else {
        int comma = text.indexOf(',', position);
        int end = comma < 0 ? text.length() : comma;
        if (text.substring(position, end).indexOf('"') >= 0) {
          throw new IllegalArgumentException("bare \" in non-quoted field");
        }
        fields.add(text.substring(position, end));
        position = end;
      }
      if (position == text.length()) {
        return fields;
      }
      position++; // the comma
    }
  }

  /** Reads to the end of a quoted field; the offset after it is the end or a comma. */
  private static int quoted(String text, int from, StringBuilder field) {
    int position = from;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '"') {
        field.append(c);
      } else if (position < text.length() && text.charAt(position) == '"') {
        field.append('"');
        position++;
      } else if (position == text.length() || text.charAt(position) == ',') {
        return position;
      } else {
        break;
      }
    }
    throw new IllegalArgumentException("extraneous or missing \" in quoted field");
  }
}
