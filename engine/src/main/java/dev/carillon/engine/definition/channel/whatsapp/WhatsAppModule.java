package dev.carillon.engine.definition.channel.whatsapp;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.json.JsonPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** WhatsApp: a message from an approved template. */
public final class WhatsAppModule implements ChannelModule {
  public static final ChannelModule INSTANCE = new WhatsAppModule();

  private static final String TEMPLATE = "template";

  private WhatsAppModule() {}

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public List<String> members() {
    return List.of(TEMPLATE);
  }

  @Override
  public @Nullable MessageContent read(JsonPlace place, @Nullable Integer connection) {
    return TemplateContentReader.read(place.member(TEMPLATE), connection);
  }

  @Override
  public void write(ObjectNode json, MessageContent message) {
    write(json.putObject(TEMPLATE), (WhatsAppTemplate) message);
  }

  private static void write(ObjectNode json, WhatsAppTemplate template) {
    json.put("name", template.template()).put("language", template.language());
    WhatsAppTemplate.Header header = template.header();
    if (header != null) {
      ObjectNode filled = json.putObject("header").put("type", header.type());
      if (header.name() != null) {
        filled.put("name", header.name());
      }
      filled.put("value", header.value());
    }
    ArrayNode parameters = json.putArray("parameters");
    for (WhatsAppTemplate.Parameter parameter : template.parameters()) {
      if (parameter.name() == null) {
        parameters.add(parameter.text());
      } else {
        parameters.addObject().put("name", parameter.name()).put("text", parameter.text());
      }
    }
    if (!template.buttons().isEmpty()) {
      ArrayNode buttons = json.putArray("buttons");
      for (WhatsAppTemplate.Button button : template.buttons()) {
        buttons
            .addObject()
            .put("index", button.index())
            .put("type", button.type())
            .put("value", button.value());
      }
    }
  }

  @Override
  public List<Problem> check(MessageContent message) {
    WhatsAppTemplate template = (WhatsAppTemplate) message;
    List<Problem> problems = new ArrayList<>();
    if (template.template().isBlank()) {
      problems.add(missing("/name", "Name the template as it is called at the provider."));
    }
    if (template.language().isBlank()) {
      problems.add(missing("/language", "Give the template's language, such as en."));
    }
    if (template.header() != null && template.header().value().isBlank()) {
      problems.add(missing("/header/value", "The header cannot be empty."));
    }
    for (int i = 0; i < template.parameters().size(); i++) {
      if (template.parameters().get(i).text().isBlank()) {
        problems.add(missing("/parameters/" + i, "A parameter cannot be empty."));
      }
    }
    for (int i = 0; i < template.buttons().size(); i++) {
      if (template.buttons().get(i).value().isBlank()) {
        problems.add(missing("/buttons/" + i + "/value", "A button cannot be empty."));
      }
    }
    return problems;
  }

  private static Problem missing(String pointer, String words) {
    return new Problem("/" + TEMPLATE + pointer, "missing", words);
  }

  @Override
  public String title(MessageContent message) {
    WhatsAppTemplate template = (WhatsAppTemplate) message;
    return "Template " + template.template() + " (" + template.language() + ")";
  }

  @Override
  public List<String> texts(MessageContent message) {
    WhatsAppTemplate template = (WhatsAppTemplate) message;
    List<String> texts = new ArrayList<>();
    if (template.header() != null) {
      texts.add(template.header().value());
    }
    template.parameters().forEach(parameter -> texts.add(parameter.text()));
    template.buttons().forEach(button -> texts.add(button.value()));
    return texts;
  }
}
