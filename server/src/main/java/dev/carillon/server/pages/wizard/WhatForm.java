package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.Variants.Variant;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a campaign says, as its step has it.
 *
 * @param connection id of the connection
 * @param kind single, test or split
 * @param count how many variants there are, 2 or 3; a single message has the first
 * @param variants all three that the form has room for, whether they count or not
 * @param test how a winner is found, for test
 */
public record WhatForm(
    String connection, String kind, int count, List<VariantForm> variants, TestForm test)
    implements StepForm {
  private static final List<String> PREFIXES = List.of("", "b-", "c-");
  private static final Pattern PLACE =
      Pattern.compile(
          "/what(?:/variants/(\\d))?/template/(header|parameters|buttons)(?:/(\\d{1,4}))?(?:/.*)?");

  /**
   * One of the messages.
   *
   * @param prefix what the names of its fields begin with
   * @param share percent, for split
   */
  public record VariantForm(String prefix, String name, String share, TemplateForm template) {

    private static VariantForm of(Map<String, String[]> sent, int number) {
      String prefix = PREFIXES.get(number);
      return new VariantForm(
          prefix,
          Parameters.text(sent, prefix + "name").orElse(""),
          Parameters.text(sent, prefix + "share").orElse(""),
          TemplateForm.of(sent, prefix));
    }

    private static VariantForm blank(int number) {
      return new VariantForm(
          PREFIXES.get(number),
          List.of("A", "B", "C").get(number),
          number < 2 ? "50" : "0",
          TemplateForm.EMPTY);
    }

    /** Whether nothing was picked or typed yet. */
    boolean blank() {
      return template.name().isEmpty() && template.places().isEmpty();
    }
  }

  /**
   * How a winner is found.
   *
   * @param size how many are in the test
   * @param sizeUnit percent or messages
   * @param after how long until the decision
   * @param afterUnit minutes, hours or days
   * @param fallback number of the variant that the rest gets without a winner, from 0
   */
  public record TestForm(
      String size, String sizeUnit, String metric, String after, String afterUnit, int fallback) {
    static final TestForm EMPTY = new TestForm("20", "percent", "views", "4", "hours", 0);

    private static TestForm of(Map<String, String[]> sent) {
      Integer fallback = Parameters.number(sent, "fallback", 0);
      return new TestForm(
          Parameters.text(sent, "testSize").orElse(""),
          Parameters.text(sent, "testUnit").orElse("percent"),
          Parameters.text(sent, "metric").orElse("views"),
          Parameters.text(sent, "after").orElse(""),
          Parameters.text(sent, "afterUnit").orElse("hours"),
          fallback == null ? 0 : Math.min(fallback, Variants.MOST - 1));
    }

    private static TestForm of(WinnerTest test) {
      Duration after = test.decideAfter();
      boolean days = after.equals(Duration.ofDays(after.toDays()));
      boolean hours = after.equals(Duration.ofHours(after.toHours()));
      return new TestForm(
          switch (test.size()) {
            case WinnerTest.Percent(int percent) -> Integer.toString(percent);
            case WinnerTest.Messages(int messages) -> Integer.toString(messages);
          },
          test.size() instanceof WinnerTest.Percent ? "percent" : "messages",
          test.metric().key(),
          Long.toString(days ? after.toDays() : hours ? after.toHours() : after.toMinutes()),
          days ? "days" : hours ? "hours" : "minutes",
          test.fallback());
    }

    private void write(ObjectNode json, List<VariantForm> variants) {
      StepForm.number(json, sizeUnit.equals("messages") ? "messages" : "percent", size);
      json.put("metric", metric);
      json.put(
          "decideAfter",
          switch (afterUnit) {
            case "days" -> "P" + after + "D";
            case "minutes" -> "PT" + after + "M";
            default -> "PT" + after + "H";
          });
      json.put("fallback", variants.get(Math.min(fallback, variants.size() - 1)).name());
    }
  }

  public WhatForm {
    variants = List.copyOf(variants);
  }

  /** What a browser sent. */
  static WhatForm of(Map<String, String[]> sent) {
    List<VariantForm> variants = new ArrayList<>();
    for (int number = 0; number < Variants.MOST; number++) {
      variants.add(VariantForm.of(sent, number));
    }
    Integer count = Parameters.number(sent, "variants", Variants.FEWEST);
    return new WhatForm(
        Parameters.text(sent, "connection").orElse(""),
        Parameters.text(sent, "kind").orElse("single"),
        count == null ? Variants.FEWEST : Math.min(count, Variants.MOST),
        variants,
        TestForm.of(sent));
  }

  /** The step of a campaign that exists. */
  static WhatForm of(CampaignDefinition definition) {
    What what = definition.what();
    List<VariantForm> forms = new ArrayList<>();
    for (int number = 0; number < Variants.MOST; number++) {
      forms.add(VariantForm.blank(number));
    }
    switch (what) {
      case null -> {}
      case What.Single(MessageContent message) -> forms.set(0, form(0, "A", "50", message));
      case Variants variants -> {
        for (int number = 0; number < variants.variants().size(); number++) {
          Variant one = variants.variants().get(number);
          String share = one.share() == 0 ? "" : Integer.toString(one.share());
          forms.set(number, form(number, one.name(), share, one.message()));
        }
      }
    }
    Variants several = what instanceof Variants variants ? variants : null;
    return new WhatForm(
        what == null ? "" : Integer.toString(what.connection()),
        several == null ? "single" : several.test() == null ? "split" : "test",
        several == null ? Variants.FEWEST : several.variants().size(),
        forms,
        several == null || several.test() == null ? TestForm.EMPTY : TestForm.of(several.test()));
  }

  private static VariantForm form(int number, String name, String share, MessageContent message) {
    return new VariantForm(
        PREFIXES.get(number), name, share, TemplateForm.of((WhatsAppTemplate) message));
  }

  /** The same with templates that were picked from a list, so that each place has its field. */
  WhatForm picked() {
    List<VariantForm> picked =
        variants.stream()
            .map(
                one ->
                    new VariantForm(
                        one.prefix(), one.name(), one.share(), one.template().asPicked()))
            .toList();
    return new WhatForm(connection, kind, count, picked, test);
  }

  /** Those of the variants that count. */
  List<VariantForm> used() {
    return kind.equals("single") ? variants.subList(0, 1) : variants.subList(0, count);
  }

  @Override
  public ObjectNode changes(CampaignDefinition before) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    if (used().stream().allMatch(VariantForm::blank)) {
      changes.putNull("what");
      return changes;
    }
    ObjectNode what = changes.putObject("what").put("provider", connection);
    if (kind.equals("single")) {
      template(what, 0, before);
      return changes;
    }
    ArrayNode list = what.putArray("variants");
    for (int number = 0; number < count; number++) {
      VariantForm variant = variants.get(number);
      ObjectNode one = list.addObject().put("name", variant.name());
      if (kind.equals("split")) {
        StepForm.number(one, "share", variant.share());
      }
      template(one, number, before);
    }
    if (kind.equals("test")) {
      test.write(what.putObject("test"), used());
    }
    return changes;
  }

  private void template(ObjectNode what, int number, CampaignDefinition before) {
    TemplateForm typed = variants.get(number).template();
    TemplateJson.write(
        what.putObject("template"), typed, typed.picked() ? List.of() : names(before, number));
  }

  /** The names of a template's places as they were, empty for numbered ones. */
  private static List<String> names(CampaignDefinition before, int number) {
    What what = before.what();
    List<String> names = new ArrayList<>();
    if (what != null
        && number < what.messages().size()
        && what.messages().get(number) instanceof WhatsAppTemplate template) {
      for (WhatsAppTemplate.Parameter parameter : template.parameters()) {
        names.add(parameter.name() == null ? "" : parameter.name());
      }
    }
    return names;
  }

  @Override
  public Map<String, String> empty() {
    Map<String, String> empty = new LinkedHashMap<>();
    if (used().stream().allMatch(VariantForm::blank)) {
      return empty;
    }
    if (connection.isEmpty()) {
      empty.put("connection", "Choose what it is sent through.");
    }
    for (VariantForm variant : used()) {
      if (variant.template().name().isEmpty()) {
        empty.put(variant.prefix() + "template", "Choose a template.");
      }
      if (!kind.equals("single") && variant.name().isBlank()) {
        empty.put(variant.prefix() + "name", "Give the variant a name.");
      }
    }
    if (kind.equals("test") && test.after().isEmpty()) {
      empty.put("after", "Say after how long the winner is decided.");
    }
    return empty;
  }

  @Override
  public String field(String pointer) {
    Optional<String> place = place(pointer);
    if (place.isPresent()) {
      return place.get();
    }
    String[] parts = pointer.split("/", -1);
    String member = parts.length > 2 ? parts[2] : "";
    return switch (member) {
      case "provider" -> "connection";
      case "test" -> {
        String part = parts.length > 3 ? parts[3] : "";
        yield switch (part) {
          case "metric", "fallback" -> part;
          case "decideAfter" -> "after";
          default -> "testSize";
        };
      }
      case "variants" -> {
        String prefix = parts.length > 3 ? prefix(parts[3]) : "";
        yield parts.length > 4
            ? prefix + member(parts, 4)
            : kind.equals("split") ? "share" : "name";
      }
      default -> member(parts, 2);
    };
  }

  /** The field of a variant that a part of its definition is typed into. */
  private String member(String[] parts, int from) {
    String member = parts.length > from ? parts[from] : "";
    if (!member.equals("template")) {
      return member.equals("name") || member.equals("share") ? member : "template";
    }
    String inner = parts.length > from + 1 ? parts[from + 1] : "";
    return inner.equals("parameters") || (inner.equals("language") && !unnamed(parts, from))
        ? inner
        : "template";
  }

  /** Whether no template was picked yet, which is all there is to say of it. */
  private boolean unnamed(String[] parts, int from) {
    int number = from > 3 && parts[3].matches("[0-2]") ? Integer.parseInt(parts[3]) : 0;
    return variants.get(number).template().name().isEmpty();
  }

  /** The place's own field, where it has one. */
  private Optional<String> place(String pointer) {
    Matcher place = PLACE.matcher(pointer);
    if (!place.matches()) {
      return Optional.empty();
    }
    int number = place.group(1) == null ? 0 : Integer.parseInt(place.group(1));
    int index = place.group(3) == null ? 0 : Integer.parseInt(place.group(3));
    if (number >= variants.size()) {
      return Optional.empty();
    }
    VariantForm variant = variants.get(number);
    return switch (place.group(2)) {
      case "header" -> Optional.of(variant.prefix() + TemplatePlaceholder.problem(Part.HEADER, 0));
      case "buttons" ->
          Optional.of(variant.prefix() + TemplatePlaceholder.problem(Part.BUTTON, index));
      default ->
          variant.template().picked()
              ? Optional.of(variant.prefix() + TemplatePlaceholder.problem(Part.BODY, index))
              : Optional.empty();
    };
  }

  private static String prefix(@Nullable String number) {
    return number != null && number.matches("[0-2]") ? PREFIXES.get(Integer.parseInt(number)) : "";
  }
}
