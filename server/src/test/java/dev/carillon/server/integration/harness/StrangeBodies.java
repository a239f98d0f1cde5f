package dev.carillon.server.integration.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes bodies as strangers send them: sound ones in which something is missing, doubled, of
 * another kind, cut or damaged, in any encoding, packed or not, and not always what their headers
 * say. The same random numbers make the same bodies.
 */
public final class StrangeBodies {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST_IN_ADDRESS = 4_000;
  private static final String BOUNDARY = "between-the-parts";

  /** JSON where something else is expected. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "-0",
          "1.5",
          "0.1e-7",
          "1.7e308",
          "1e999",
          "1e999999999",
          "-1E-999999999",
          "2147483648",
          "9223372036854775808",
          "9".repeat(60),
          "9".repeat(3_000),
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"0\"",
          "\"null\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\udd14\"",
          "\"\\u200e\\u202e\\ufeff\"",
          "\"\\ufffe\\uffff\\ufdd0\"",
          "\"'; DROP TABLE event; --\"",
          "\"{{ name }}{% if\"",
          "\"<script>alert(1)</script>\"",
          "\"../../../etc/passwd\"",
          "\"+919812345678\"",
          "\"2026-13-45T25:61:00\"",
          "\"$D_99999999999999999999\"",
          "\"-999999999-01-01\"",
          "\"PT-1S\"",
          "\"P999999999D\"",
          "\"99:99\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "\u0939".repeat(9_000) + "\"",
          "[]",
          "{}",
          "[null]",
          "[[],{}]",
          "[1,\"a\",null,true,[2],{\"b\":3}]",
          "{\"\":1}",
          "{\"a\":1,\"a\":{\"b\":2,\"b\":3}}",
          "{\"$incr\":1e308}",
          "{\"$add\":[[]]}",
          "{\"$delete\":1,\"$incr\":1}",
          "[" + "1,".repeat(1_500) + "1]",
          "[".repeat(60) + "]".repeat(60),
          "[".repeat(1_500) + "]".repeat(1_500),
          "{\"a\":".repeat(1_500) + "1" + "}".repeat(1_500));

  /** Names of members that are not expected, as JSON has them between quotes. */
  private static final List<String> NAMES =
      List.of(
          "",
          " ",
          "\\u0000",
          "\\ud800",
          "\\u0061",
          "__proto__",
          "constructor",
          "$",
          "$.a",
          "a.b",
          "a/b",
          "'",
          "\\\"",
          "*",
          "[0]",
          "type",
          "identity",
          "d",
          "batch",
          "rule",
          "n".repeat(121),
          "n".repeat(60_000));

  /** Parameters whose names are none. */
  private static final List<String> ODD_NAMES =
      List.of("%00=1", "%EF%BB%BFx=1", "a%0Ab", "=", "&&");

  /** Pieces that text is damaged with. */
  private static final List<String> PIECES =
      List.of(
          "\u0000",
          "\"",
          "\"\"\"",
          "'",
          "\\",
          "\\u",
          "\\ud800",
          ",",
          ",,",
          ";",
          ":",
          "{",
          "}",
          "[[[",
          "]",
          "\n",
          "\r",
          "\t",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "\ufffd",
          "\uD83D\uDE00",
          "\u00e9",
          "NaN",
          "Infinity",
          "undefined",
          "//",
          "/*",
          "1e5",
          "-",
          "%",
          "%zz",
          "%00",
          "&",
          "=",
          "+");

  /** Bytes that are no text in UTF-8. */
  private static final List<byte[]> BYTES =
      List.of(
          new byte[] {0},
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xe2, (byte) 0x82});

  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_32LE,
          StandardCharsets.ISO_8859_1,
          Charset.forName("windows-1252"));

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          "text/plain",
          "text/csv; charset=iso-8859-1",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=" + BOUNDARY,
          "application/octet-stream",
          "*/*",
          "json",
          ";");

  private final Random random;

  public StrangeBodies(Random random) {
    this.random = random;
  }

  /**
   * A body with what its headers say of it.
   *
   * @param type the Content-Type; null for none
   * @param packing the Content-Encoding; null for none
   * @param content the bytes before they were packed
   */
  public record Body(
      byte[] bytes, @Nullable String type, @Nullable String packing, byte[] content) {
    private Body(byte[] bytes, String type) {
      this(bytes, type, null, bytes);
    }

    public HttpRequest.Builder in(HttpRequest.Builder request, String method) {
      if (type != null) {
        request.setHeader("Content-Type", type);
      }
      if (packing != null) {
        request.setHeader("Content-Encoding", packing);
      }
      return request.method(method, BodyPublishers.ofByteArray(bytes));
    }

    /** All that is needed to send it again. */
    @Override
    public String toString() {
      return "Content-Type %s, Content-Encoding %s, %d bytes: %s"
          .formatted(
              type,
              packing,
              bytes.length,
              new String(
                  Arrays.copyOf(bytes, Math.min(bytes.length, 2_000)),
                  StandardCharsets.ISO_8859_1));
    }
  }

  /** A body made from sound JSON. */
  public Body json(String sound) {
    return written(torn(random.nextInt(6) == 0 ? sound : changed(sound)), "application/json");
  }

  /** A body made from a sound file. */
  public Body csv(String sound) {
    return written(torn(sound), "text/csv");
  }

  /**
   * A form as a browser sends it, which has kept its token.
   *
   * @param fields the names of its other fields, each with a value that may be sound
   */
  public Body form(String token, Map<String, String> fields) {
    StringBuilder form = new StringBuilder("_csrf=").append(encoded(token));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      for (int times = repeated(); times > 0; times--) {
        form.append('&').append(encoded(field.getKey())).append('=');
        form.append(random.nextInt(40) == 0 ? pick(PIECES) : encoded(value(field.getValue())));
      }
    }
    return new Body(
        form.toString().getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
  }

  /** A form with a file, which has kept its token. */
  public Body parts(String token, Map<String, String> fields, String sound) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    part(form, "name=\"_csrf\"", token.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      for (int times = repeated(); times > 0; times--) {
        byte[] value = value(field.getValue()).getBytes(StandardCharsets.UTF_8);
        part(form, "name=\"" + field.getKey() + "\"", value);
      }
    }
    for (int times = repeated(); times > 0; times--) {
      part(form, "name=\"file\"; filename=\"people.csv\"", csv(sound).bytes());
    }
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    byte[] whole = form.toByteArray();
    int length = random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length;
    return new Body(Arrays.copyOf(whole, length), "multipart/form-data; boundary=" + BOUNDARY);
  }

  private static void part(ByteArrayOutputStream form, String about, byte[] value) {
    form.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
            .formatted(BOUNDARY, about)
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(value);
    form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** A query of parameters of these names, some with escapes that are none. */
  public String query(List<String> names) {
    StringBuilder query = new StringBuilder(random.nextInt(8) == 0 ? "?" + pick(ODD_NAMES) : "");
    for (String name : names) {
      for (int times = repeated(); times > 0; times--) {
        String value = encoded(value("1"));
        value =
            switch (random.nextInt(4)) {
              case 0 -> "%ff%fe";
              case 1 -> "%00";
              // An address has an end: what is longer is refused before anybody knows what it is.
              default -> value.length() > LONGEST_IN_ADDRESS ? "" : value;
            };
        query.append(query.isEmpty() ? "?" : "&").append(encoded(name)).append('=').append(value);
      }
    }
    return query.toString();
  }

  private int repeated() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> 2;
      default -> 1;
    };
  }

  /** What is typed into a field. */
  private String value(String sound) {
    return switch (random.nextInt(5)) {
      case 0 -> MAPPER.readTree(readable(pick(VALUES))).asString("\u0000");
      case 1 -> pick(VALUES);
      case 2 -> torn(sound);
      default -> sound;
    };
  }

  /** The value, unless no JSON reader takes it. */
  private static String readable(String value) {
    return value.length() > 400 || value.contains("e999") || value.contains("E-999")
        ? "\"x\""
        : value;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** JSON some of whose members are others than before. */
  private String changed(String sound) {
    JsonNode tree = MAPPER.readTree(sound);
    Map<String, String> written = new LinkedHashMap<>();
    for (int times = random.nextInt(4); times > 0; times--) {
      List<Consumer<@Nullable JsonNode>> places = new ArrayList<>();
      List<ObjectNode> objects = new ArrayList<>();
      look(tree, places, objects);
      String mark = "\"@" + times + "@\"";
      JsonNode standIn = StringNode.valueOf("@" + times + "@");
      if (random.nextInt(4) == 0 && !objects.isEmpty()) {
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        object.set("@" + times + "@", standIn);
        String member = "\"" + pick(NAMES) + "\":";
        String more = random.nextInt(3) == 0 ? "," + member + pick(VALUES) : "";
        written.put(mark + ":" + mark, member + pick(VALUES) + more);
      } else if (!places.isEmpty()) {
        Consumer<@Nullable JsonNode> place = places.get(random.nextInt(places.size()));
        place.accept(random.nextInt(4) == 0 ? null : standIn);
        written.put(mark, pick(VALUES));
      }
    }
    String text = tree.toString();
    for (Map.Entry<String, String> one : written.entrySet()) {
      text = text.replace(one.getKey(), one.getValue());
    }
    return text;
  }

  /**
   * Collects all places of a document, each as what puts something else there, or takes it away.
   */
  private static void look(
      JsonNode node, List<Consumer<@Nullable JsonNode>> places, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
      for (String name : object.propertyNames()) {
        places.add(value -> put(object, name, value));
        look(object.get(name), places, objects);
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        int index = i;
        places.add(value -> put(list, index, value));
        look(list.get(i), places, objects);
      }
    }
  }

  private static void put(ObjectNode object, String name, @Nullable JsonNode value) {
    if (value == null) {
      object.remove(name);
    } else {
      object.set(name, value);
    }
  }

  private static void put(ArrayNode list, int index, @Nullable JsonNode value) {
    if (value == null) {
      list.remove(index);
    } else {
      list.set(index, value);
    }
  }

  /** Text of which a third is cut, doubled or damaged. */
  private String torn(String sound) {
    String text = sound;
    for (int times = Math.max(0, random.nextInt(6) - 3); times > 0 && !text.isEmpty(); times--) {
      int from = random.nextInt(text.length());
      int until = Math.min(text.length(), from + random.nextInt(30));
      String head = text.substring(0, from);
      text =
          switch (random.nextInt(6)) {
            case 0 -> head;
            case 1 -> head + text.substring(until);
            case 2 -> text.substring(0, until) + text.substring(from);
            case 3 -> text + text;
            default -> head + pick(PIECES) + text.substring(until);
          };
    }
    return random.nextInt(40) == 0 ? "" : text;
  }

  private Body written(String text, String usualType) {
    Charset charset = random.nextInt(2) == 0 ? StandardCharsets.UTF_8 : pick(CHARSETS);
    byte[] bytes = ((random.nextInt(5) == 0 ? "\ufeff" : "") + text).getBytes(charset);
    if (random.nextInt(6) == 0) {
      bytes = damaged(bytes);
    }
    String type =
        switch (random.nextInt(10)) {
          case 0 -> null;
          case 1 -> pick(TYPES);
          case 2 -> usualType + "; charset=" + charset.name();
          default -> usualType;
        };
    return packed(bytes, type);
  }

  private byte[] damaged(byte[] sound) {
    int at = random.nextInt(sound.length + 1);
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(sound, 0, at);
    damaged.writeBytes(random.nextBoolean() ? pick(BYTES) : new byte[] {(byte) random.nextInt()});
    int after = Math.min(sound.length, at + random.nextInt(2));
    damaged.write(sound, after, sound.length - after);
    return damaged.toByteArray();
  }

  private Body packed(byte[] bytes, @Nullable String type) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> new Body(gzip(bytes), type, "gzip", bytes);
      case 2 -> new Body(gzip(bytes), type, null, bytes);
      case 3 -> new Body(bytes, type, "gzip", bytes);
      case 4 -> {
        byte[] whole = gzip(bytes);
        yield new Body(Arrays.copyOf(whole, random.nextInt(whole.length)), type, "gzip", bytes);
      }
      case 5 ->
          new Body(
              bytes, type, pick(List.of("deflate", "br", "identity", "gzip, gzip", "x")), bytes);
      default -> new Body(bytes, type, null, bytes);
    };
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
