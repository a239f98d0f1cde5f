package dev.carillon.server.pages.statistics;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** Every metric and its formula, made from the definitions that the reports compute by. */
@Controller
public class GlossaryController {
  private final Pages pages;

  GlossaryController(Pages pages) {
    this.pages = pages;
  }

  /**
   * @param rates the rates that channels have, each once
   */
  public record Glossary(
      List<Measure> measures, List<RateLine> rates, List<SuppressionReason> reasons) {}

  /**
   * @param channels the channels that show it so
   */
  public record RateLine(Card.Rate rate, String channels) {}

  @GetMapping("/glossary")
  View glossary() {
    Map<Card.Rate, String> rates = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      for (Card.Rate rate : channel.sheet(true).rates()) {
        rates.merge(rate, channel.title(), (one, other) -> one + ", " + other);
      }
    }
    return pages.page(
        Section.GLOSSARY,
        "Glossary",
        "glossary.jte",
        new Glossary(
            List.of(Measure.values()),
            rates.entrySet().stream()
                .map(entry -> new RateLine(entry.getKey(), entry.getValue()))
                .toList(),
            Arrays.asList(SuppressionReason.values())));
  }

  /** What is counted, in words. */
  public static String unit(Measure.Unit unit) {
    return switch (unit) {
      case MESSAGES -> "messages";
      case USERS -> "people";
      case EVENTS -> "events, or messages when counted uniquely";
    };
  }
}
