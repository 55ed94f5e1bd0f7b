package dev.slipway.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads and writes JSON trees. Reading refuses what two readers could understand differently (a
 * name twice in one object, text after the end) and what is nested or split beyond reason. Writing
 * keeps the order of fields, so equal trees give equal bytes. Jackson's ObjectMapper is not used:
 * loading it costs more than reading every document of a build.
 */
public final class Json {
  private static final int MAX_DEPTH = 100;

  /** A document of brackets alone would take twenty times its size in memory. */
  private static final int MAX_TOKENS = 1_000_000;

  /** A regular expression, made only where something fails: every build comes by here. */
  private static final String SETTING = ", from `[^`]*`";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /**
   * @param what names the document in messages, as {@code manifest}
   * @throws OciException if {@code bytes} are not one JSON object
   */
  public static ObjectNode parseObject(byte[] bytes, String what) {
    JsonNode node = parse(bytes, what);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new OciException("invalid " + what + ": expected a json object, found " + kind(node));
  }

  /**
   * @throws OciException if {@code bytes} are not one JSON value
   */
  public static JsonNode parse(byte[] bytes, String what) {
    return parse(bytes, what, FactoryHolder.FACTORY);
  }

  /** The same for what this program has written itself, which may have any number of parts. */
  public static JsonNode parseOwn(byte[] bytes, String what) {
    return parse(bytes, what, FactoryHolder.OWN);
  }

  private static JsonNode parse(byte[] bytes, String what, JsonFactory factory) {
    try (JsonParser parser = factory.createParser(bytes)) {
      if (parser.nextToken() == null) {
        throw new OciException("invalid " + what + ": it is empty");
      }
      JsonNode node = read(parser);
      if (parser.nextToken() != null) {
        throw new OciException("invalid " + what + ": text after the end of the json value");
      }
      return node;
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().replace('\n', ' ').replaceAll(SETTING, "");
      throw new OciException("invalid " + what + ": " + Digest.shorten(reason), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Compact UTF-8 bytes. */
  public static byte[] write(JsonNode node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = FactoryHolder.OWN.createGenerator(out)) {
      write(node, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  /** Loaded with the first document, not with the first mention of this class. */
  private static final class FactoryHolder {
    static final JsonFactory FACTORY = factory(MAX_TOKENS);
    static final JsonFactory OWN = factory(-1);

    private static JsonFactory factory(long tokens) {
      return JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(tokens)
                  .build())
          .build();
    }
  }

  // The depth is bounded by the factory's constraint.
  private static JsonNode read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, read(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? NODES.numberNode(parser.getBigIntegerValue())
              : NODES.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      default -> throw new IllegalStateException("token " + parser.currentToken());
    };
  }

  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode element : node) {
          write(element, out);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NULL -> out.writeNull();
      case NUMBER -> {
        if (node.canConvertToLong() && node.isIntegralNumber()) {
          out.writeNumber(node.longValue());
        } else {
          out.writeNumber(node.asText());
        }
      }
      default -> throw new IllegalArgumentException(node.getNodeType() + " is not json");
    }
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      default -> "null";
    };
  }
}
