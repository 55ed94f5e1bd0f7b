package dev.slipway.cli.progress;

import java.util.List;

/** A JSON object on one line. Written by hand: a JSON library would cost a start-up more. */
public final class JsonLine {
  private final StringBuilder text = new StringBuilder(128).append('{');

  public JsonLine add(String key, String value) {
    key(key);
    quote(value);
    return this;
  }

  public JsonLine add(String key, long value) {
    key(key);
    text.append(value);
    return this;
  }

  /** A member whose value is JSON already. */
  public JsonLine add(String key, JsonLine value) {
    key(key);
    text.append(value);
    return this;
  }

  public JsonLine add(String key, boolean value) {
    key(key);
    text.append(value);
    return this;
  }

  /** A member that is an array of objects. */
  public JsonLine add(String key, List<JsonLine> values) {
    key(key);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",").append(values.get(i));
    }
    text.append(']');
    return this;
  }

  /** A member that is an array of texts. */
  public JsonLine addTexts(String key, List<String> values) {
    key(key);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",");
      quote(values.get(i));
    }
    text.append(']');
    return this;
  }

  private void key(String key) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(key);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029) {
        String hex = Integer.toHexString(c);
        text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
