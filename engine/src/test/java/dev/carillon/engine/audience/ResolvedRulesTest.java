package dev.carillon.engine.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.audience.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Segments in the place of references to them. */
class ResolvedRulesTest {
  private static final Rule BUCKET = new Rule.Bucket(0, 9);

  @Test
  void putsRulesInPlaceWhereverTheyStand() {
    Map<Integer, Rule> segments = Map.of(1, BUCKET, 2, new Rule.Not(new Rule.InSegment(1)));
    Rule rule =
        new Rule.All(
            List.of(
                new Rule.Any(List.of(new Rule.InSegment(2), new Rule.OnList(1))),
                new Rule.Not(new Rule.InSegment(1))));
    assertThat(new ResolvedRules(segments::get).of(rule))
        .isEqualTo(
            new Rule.All(
                List.of(
                    new Rule.Any(List.of(new Rule.Not(BUCKET), new Rule.OnList(1))),
                    new Rule.Not(BUCKET))));
    assertThat(SavedRules.places(rule))
        .extracting(SavedRules.Place::pointer)
        .containsExactly("/all/0/any/0/segment", "/all/0/any/1/list", "/all/1/not/segment");
  }

  @Test
  void refusesCirclesWhatIsMissingAndWhatGrowsTooLarge() {
    Map<Integer, Rule> circle = Map.of(1, new Rule.InSegment(2), 2, new Rule.InSegment(1));
    assertThatThrownBy(() -> new ResolvedRules(circle::get).of(new Rule.InSegment(1)))
        .isInstanceOf(AudienceException.Circle.class);
    assertThatThrownBy(() -> new ResolvedRules(circle::get).of(new Rule.InSegment(3)))
        .isInstanceOf(AudienceException.Unknown.class);
    // each doubles the one before: 2^15 conditions from 15 small rules
    assertThatThrownBy(
            () ->
                new ResolvedRules(
                        id ->
                            id == 0
                                ? BUCKET
                                : new Rule.All(
                                    List.of(
                                        new Rule.InSegment(id - 1), new Rule.InSegment(id - 1))))
                    .of(new Rule.InSegment(15)))
        .isInstanceOf(AudienceException.TooLarge.class);
  }
}
