package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.channel.WhatsAppTemplate.Button;
import dev.carillon.core.channel.WhatsAppTemplate.Header;
import dev.carillon.core.channel.WhatsAppTemplate.Parameter;
import dev.carillon.engine.provider.PersonalisationException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/** Writes the request that sends a template message. */
final class RequestWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://\\S+");
  private static final Pattern MEDIA_ID = Pattern.compile("\\d+");
  private static final int LONGEST_REFERENCE = 512;

  private final LiquidTexts texts;

  RequestWriter(LiquidTexts texts) {
    this.texts = texts;
  }

  /**
   * The request's body without the reference.
   *
   * @param to digits
   * @throws PersonalisationException when a place stays empty or cannot be filled
   */
  byte[] write(WhatsAppTemplate what, String to, LiquidPerson person)
      throws PersonalisationException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("messaging_product", "whatsapp");
      json.writeStringProperty("recipient_type", "individual");
      json.writeStringProperty("to", to);
      json.writeStringProperty("type", "template");
      json.writeObjectPropertyStart("template");
      json.writeStringProperty("name", what.template());
      json.writeObjectPropertyStart("language");
      json.writeStringProperty("code", what.language());
      json.writeEndObject();
      writeComponents(what, person, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** Whether the provider would echo a reference of this length. */
  static boolean fits(String reference) {
    return reference.length() <= LONGEST_REFERENCE;
  }

  /** A body with the reference put in; the body itself stays as it is. */
  static byte[] withReference(byte[] body, String reference) {
    byte[] first =
        ("{\"biz_opaque_callback_data\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsCharArray(reference))
                + "\",")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[first.length + body.length - 1];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 1, whole, first.length, body.length - 1);
    return whole;
  }

  private void writeComponents(WhatsAppTemplate what, LiquidPerson person, JsonGenerator json)
      throws PersonalisationException {
    if (what.header() == null && what.parameters().isEmpty() && what.buttons().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("components");
    if (what.header() != null) {
      startComponent(json, "header");
      writeHeader(what.header(), person, json);
      endComponent(json);
    }
    if (!what.parameters().isEmpty()) {
      startComponent(json, "body");
      writeBody(what.parameters(), person, json);
      endComponent(json);
    }
    for (Button button : what.buttons()) {
      writeButton(button, person, json);
    }
    json.writeEndArray();
  }

  private void writeBody(List<Parameter> parameters, LiquidPerson person, JsonGenerator json)
      throws PersonalisationException {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String name = parameter.name();
      String place = "parameter " + (name == null ? i + 1 : name);
      json.writeStartObject();
      json.writeStringProperty("type", "text");
      if (name != null) {
        json.writeStringProperty("parameter_name", name);
      }
      json.writeStringProperty("text", filled(place, parameter.text(), person));
      json.writeEndObject();
    }
  }

  private void writeHeader(Header header, LiquidPerson person, JsonGenerator json)
      throws PersonalisationException {
    String value = filled("header", header.value(), person);
    json.writeStartObject();
    json.writeStringProperty("type", header.type());
    switch (header.type()) {
      case "text" -> {
        if (header.name() != null) {
          json.writeStringProperty("parameter_name", header.name());
        }
        json.writeStringProperty("text", value);
      }
      case "image", "video", "document" -> {
        json.writeObjectPropertyStart(header.type());
        if (WEB_ADDRESS.matcher(value).matches()) {
          json.writeStringProperty("link", value);
        } else if (MEDIA_ID.matcher(value).matches()) {
          json.writeStringProperty("id", value);
        } else {
          throw new PersonalisationException("header: the link must start with https://");
        }
        json.writeEndObject();
      }
      default -> throw new PersonalisationException("header: there is no type " + header.type());
    }
    json.writeEndObject();
  }

  private void writeButton(Button button, LiquidPerson person, JsonGenerator json)
      throws PersonalisationException {
    String value = filled("button " + button.index(), button.value(), person);
    String content =
        switch (button.type()) {
          case "url" -> "text";
          case "quick_reply" -> "payload";
          case "copy_code" -> "coupon_code";
          default ->
              throw new PersonalisationException(
                  "button " + button.index() + ": there is no type " + button.type());
        };
    json.writeStartObject();
    json.writeStringProperty("type", "button");
    json.writeStringProperty("sub_type", button.type());
    json.writeStringProperty("index", Integer.toString(button.index()));
    json.writeArrayPropertyStart("parameters");
    json.writeStartObject();
    json.writeStringProperty("type", content);
    json.writeStringProperty(content, value);
    json.writeEndObject();
    endComponent(json);
  }

  private String filled(String place, String text, LiquidPerson person)
      throws PersonalisationException {
    String value;
    try {
      value = ParameterText.of(texts.fill(text, person));
    } catch (PersonalisationException e) {
      throw new PersonalisationException(place + ": " + e.getMessage());
    }
    if (value.isEmpty()) {
      throw new PersonalisationException(place + " is empty");
    }
    return value;
  }

  private static void startComponent(JsonGenerator json, String type) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
    json.writeArrayPropertyStart("parameters");
  }

  private static void endComponent(JsonGenerator json) {
    json.writeEndArray();
    json.writeEndObject();
  }
}
