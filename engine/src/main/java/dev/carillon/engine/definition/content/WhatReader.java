package dev.carillon.engine.definition.content;

import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.definition.when.PeriodReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a campaign says. */
public final class WhatReader {
  private static final int NAME_LENGTH = 50;
  private static final int LARGEST_TEST = 100_000_000;
  private static final Duration SHORTEST_TEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_TEST = Duration.ofDays(30);

  private WhatReader() {}

  public static @Nullable What read(JsonPlace place, Channel channel) {
    Optional<ChannelModule> module = ChannelModules.of(channel);
    return module.isPresent()
        ? read(place, module.get())
        : place.no(Code.NOT_AVAILABLE, "content for " + channel.key() + " does not work yet");
  }

  private static @Nullable What read(JsonPlace place, ChannelModule module) {
    if (!place.object(members(module, "provider", "variants", "test"))) {
      return null;
    }
    Integer connection = connection(place.member("provider"));
    JsonPlace variants = place.member("variants");
    if (variants.absent()) {
      if (!place.member("test").absent()) {
        place.member("test").problem(Code.CONTRADICTION, "a test needs variants");
      }
      MessageContent message = module.read(place, connection);
      return message == null ? null : new What.Single(message);
    }
    if (module.members().stream().anyMatch(member -> !place.member(member).absent())) {
      return variants.no(
          Code.CONTRADICTION, "give either a " + module.members().getFirst() + " or variants");
    }
    return variants(variants, place.member("test"), module, connection);
  }

  private static String[] members(ChannelModule module, String... others) {
    return Stream.concat(Stream.of(others), module.members().stream()).toArray(String[]::new);
  }

  private static @Nullable Variants variants(
      JsonPlace place, JsonPlace testPlace, ChannelModule module, @Nullable Integer connection) {
    boolean tested = !testPlace.absent();
    List<Variants.Variant> variants =
        place.list(
            Variants.FEWEST,
            Variants.MOST,
            variant -> variant(variant, tested, module, connection));
    if (variants == null || variants.size() < place.node().size()) {
      return null;
    }
    List<String> names = variants.stream().map(Variants.Variant::name).toList();
    if (names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
        < names.size()) {
      return place.no(Code.CONTRADICTION, "two variants have the same name");
    }
    int shares = variants.stream().mapToInt(Variants.Variant::share).sum();
    if (!tested) {
      return shares == 100
          ? new Variants(variants, null)
          : place.no(Code.CONTRADICTION, "the shares sum to " + shares + ", not to 100");
    }
    WinnerTest test = test(testPlace, names);
    return test == null ? null : new Variants(variants, test);
  }

  private static Variants.@Nullable Variant variant(
      JsonPlace place, boolean tested, ChannelModule module, @Nullable Integer connection) {
    if (!place.object(tested ? members(module, "name") : members(module, "name", "share"))) {
      return null;
    }
    String name = place.member("name").name(NAME_LENGTH);
    Long share = tested ? Long.valueOf(0) : place.member("share").whole(1, 99);
    MessageContent message = module.read(place, connection);
    return name == null || share == null || message == null
        ? null
        : new Variants.Variant(name, Math.toIntExact(share), message);
  }

  private static @Nullable WinnerTest test(JsonPlace place, List<String> names) {
    if (!place.object("percent", "messages", "metric", "decideAfter", "fallback")) {
      return null;
    }
    WinnerTest.Size size = size(place);
    JsonPlace metricPlace = place.member("metric");
    String metric =
        metricPlace.absent()
            ? WinnerTest.Metric.VIEWS.key()
            : metricPlace.oneOf(
                Arrays.stream(WinnerTest.Metric.values()).map(WinnerTest.Metric::key).toList());
    Duration decideAfter =
        PeriodReader.length(place.member("decideAfter"), SHORTEST_TEST, LONGEST_TEST);
    JsonPlace fallbackPlace = place.member("fallback");
    String fallback = fallbackPlace.absent() ? names.getFirst() : fallbackPlace.oneOf(names);
    return size == null || metric == null || decideAfter == null || fallback == null
        ? null
        : new WinnerTest(
            size,
            WinnerTest.Metric.ofKey(metric).orElseThrow(),
            decideAfter,
            names.indexOf(fallback));
  }

  private static WinnerTest.@Nullable Size size(JsonPlace test) {
    JsonPlace percent = test.member("percent");
    JsonPlace messages = test.member("messages");
    if (percent.absent() == messages.absent()) {
      return test.no(Code.CONTRADICTION, "give the size of the test in percent or in messages");
    }
    if (messages.absent()) {
      Long share = percent.whole(1, 99);
      return share == null ? null : new WinnerTest.Percent(Math.toIntExact(share));
    }
    Long count = messages.whole(1, LARGEST_TEST);
    return count == null ? null : new WinnerTest.Messages(Math.toIntExact(count));
  }

  /** The connection's id, as the text that the API gives it or as a number. */
  private static @Nullable Integer connection(JsonPlace place) {
    if (!place.node().isString()) {
      Long id = place.whole(1, Integer.MAX_VALUE);
      return id == null ? null : Math.toIntExact(id);
    }
    String text = place.text(100);
    return text == null
        ? null
        : text.matches("[1-9][0-9]{0,8}")
            ? Integer.valueOf(text)
            : place.no(Code.UNKNOWN_VALUE, "there is no connection with this id");
  }
}
