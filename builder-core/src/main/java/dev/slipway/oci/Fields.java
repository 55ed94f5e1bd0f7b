package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one JSON object by name and type; what nobody has taken is left as unknown.
 * An explicit {@code null} counts as absent, as in Go.
 */
final class Fields {
  private final ObjectNode node;
  private final String what;
  private final Set<String> taken = new LinkedHashSet<>();

  Fields(ObjectNode node, String what) {
    this.node = node;
    this.what = what;
  }

  String string(String name) {
    JsonNode value = take(name);
    if (value == null) {
      return "";
    }
    if (!value.isTextual()) {
      throw wrong(name, "a string", value);
    }
    return value.textValue();
  }

  String requiredString(String name) {
    String value = string(name);
    if (value.isEmpty()) {
      throw new OciException("invalid " + what + ": \"" + name + "\" is missing");
    }
    return value;
  }

  boolean bool(String name) {
    JsonNode value = take(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "a boolean", value);
    }
    return value.booleanValue();
  }

  long number(String name, long absent) {
    JsonNode value = take(name);
    if (value == null) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "an integer", value);
    }
    return value.longValue();
  }

  List<String> strings(String name) {
    return list(
        name,
        element -> {
          if (!element.isTextual()) {
            throw wrong(name, "strings in it", element);
          }
          return element.textValue();
        });
  }

  <T> List<T> list(String name, Function<JsonNode, T> element) {
    JsonNode value = take(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "an array", value);
    }
    List<T> elements = new ArrayList<>(value.size());
    for (JsonNode each : value) {
      elements.add(element.apply(each));
    }
    return List.copyOf(elements);
  }

  <T> List<T> objects(String name, Function<ObjectNode, T> element) {
    return list(
        name,
        each -> {
          if (each instanceof ObjectNode object) {
            return element.apply(object);
          }
          throw wrong(name, "objects in it", each);
        });
  }

  @Nullable ObjectNode object(String name) {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw wrong(name, "an object", value);
  }

  Map<String, String> stringMap(String name) {
    ObjectNode object = object(name);
    if (object == null) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!entry.getValue().isTextual()) {
        throw wrong(name, "strings in it", entry.getValue());
      }
      map.put(entry.getKey(), entry.getValue().textValue());
    }
    return map;
  }

  /** The names of an object's fields, whatever their values: Go's {@code map[string]struct{}}. */
  Set<String> names(String name) {
    ObjectNode object = object(name);
    Set<String> names = new LinkedHashSet<>();
    if (object != null) {
      object.fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** What nobody has taken, in the document's order. */
  Map<String, JsonNode> unknown() {
    Map<String, JsonNode> rest = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!taken.contains(field.getKey())) {
        rest.put(field.getKey(), field.getValue());
      }
    }
    return rest;
  }

  private @Nullable JsonNode take(String name) {
    taken.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private OciException wrong(String name, String expected, JsonNode found) {
    return new OciException(
        "invalid "
            + what
            + ": \""
            + name
            + "\": expected "
            + expected
            + ", found "
            + Json.kind(found));
  }

  static void put(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  static void put(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }

  static void put(ObjectNode node, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = node.putObject(name);
      values.forEach(object::put);
    }
  }

  static void putNames(ObjectNode node, String name, Collection<String> names) {
    if (!names.isEmpty()) {
      ObjectNode object = node.putObject(name);
      names.forEach(object::putObject);
    }
  }

  static void putUnknown(ObjectNode node, Map<String, JsonNode> unknown) {
    unknown.forEach(node::set);
  }
}
