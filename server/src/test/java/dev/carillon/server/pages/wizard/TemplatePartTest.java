package dev.carillon.server.pages.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Listing;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import dev.carillon.server.pages.wizard.TemplatePart.Option;
import dev.carillon.server.pages.wizard.TemplatePart.Stretch;
import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the form offers for a template, as it is picked, filled, or not to be had. */
class TemplatePartTest {
  private static final Template NUMBERED =
      new Template(
          "cart",
          "en",
          "APPROVED",
          "MARKETING",
          null,
          "Hi {{1}}, {{2}} waits. {{1}}!",
          List.of("1", "2"),
          false,
          "",
          List.of(
              new Button(0, "quick_reply", "Stop", "", false),
              new Button(1, "url", "Open", "https://shop.example/c/{{1}}", true)));
  private static final Template NAMED =
      new Template(
          "city_night",
          "en_GB",
          "APPROVED",
          "",
          new Header("text", "Tonight in {{city}}", List.of("city")),
          "Come, {{first_name}}.",
          List.of("first_name"),
          true,
          "Reply STOP",
          List.of());
  private static final Template PAUSED =
      new Template("old", "en", "PAUSED", "", null, "Hi", List.of(), false, "", List.of());
  private static final Template MAP =
      new Template(
          "map",
          "en",
          "APPROVED",
          "",
          new Header("location", "", List.of()),
          "Here",
          List.of(),
          false,
          "",
          List.of());
  private static final Listing LISTING = new Listing(List.of(NUMBERED, NAMED, PAUSED, MAP), null);

  @Test
  void nothingIsChosenAtFirst() {
    TemplatePart part = of(TemplateForm.EMPTY);
    assertThat(part.typing()).isFalse();
    assertThat(part.chosen()).isNull();
    assertThat(part.fields()).isEmpty();
    assertThat(part.options())
        .containsExactly(
            new Option("cart/en", "cart (en)", true, false),
            new Option("city_night/en_GB", "city_night (en_GB)", true, false),
            new Option("old/en", "old (en), paused", false, false),
            new Option("map/en", "map (en), its header cannot be filled", false, false));
  }

  @Test
  void eachPlaceHasAFieldAndShowsInThePreview() {
    TemplatePart part = of(picked("cart", "en", "{{ Name }}"));

    assertThat(part.fields())
        .extracting(PlaceholderField::id)
        .containsExactly("body-0", "body-1", "button-0");
    assertThat(part.fields())
        .extracting(field -> field.place().key())
        .containsExactly("BODY::", "BODY::", "BUTTON:url:1");
    assertThat(part.body())
        .containsExactly(
            new Stretch("Hi ", null, ""),
            new Stretch("{{1}}", "body-0", "{{ Name }}"),
            new Stretch(", ", null, ""),
            new Stretch("{{2}}", "body-1", ""),
            new Stretch(" waits. ", null, ""),
            new Stretch("{{1}}", "body-0", "{{ Name }}"),
            new Stretch("!", null, ""));
    assertThat(part.buttons()).containsExactly("Stop", "Open");
  }

  @Test
  void namedPlacesKeepTheirNamesAndWhatWasTypedMovesAlong() {
    TemplatePart part = of(picked("city_night", "en_GB", "{{ Name }}"));

    assertThat(part.fields())
        .extracting(PlaceholderField::place)
        .containsExactly(
            new TemplatePlaceholder(Part.HEADER, "text", "city", ""),
            new TemplatePlaceholder(Part.BODY, "", "first_name", "{{ Name }}"));
    assertThat(part.header())
        .containsExactly(
            new Stretch("Tonight in ", null, ""), new Stretch("{{city}}", "header-0", ""));
  }

  @Test
  void aProblemIsShownAtItsPlace() {
    TemplatePart part =
        TemplatePart.of(
            picked("cart", "en", "a", "b"), LISTING, false, Map.of("place:BODY:1", "Too long."));
    assertThat(part.fields())
        .extracting(PlaceholderField::problem)
        .containsExactly(null, "Too long.", null);
  }

  @Test
  void whatTheProviderDoesNotListIsTypedUnlessItWasPickedElsewhere() {
    TemplateForm gone = new TemplateForm("gone", "en", false, List.of());
    assertThat(of(gone).typing()).isTrue();
    assertThat(of(gone).note()).contains("does not list the template gone in en");

    TemplatePart elsewhere = of(picked("gone", "en"));
    assertThat(elsewhere.typing()).isFalse();
    assertThat(elsewhere.chosen()).isNull();
    assertThat(elsewhere.note()).contains("does not list");
  }

  @Test
  void whoWantsToTypeMay() {
    TemplatePart part = TemplatePart.of(TemplateForm.EMPTY, LISTING, true, Map.of());
    assertThat(part.typing()).isTrue();
    assertThat(part.note()).isNull();
    assertThat(part.options()).hasSize(4);
  }

  @Test
  void withoutAListTheTemplateIsTypedAndTheReasonSaid() {
    TemplatePart refused =
        TemplatePart.of(
            picked("cart", "en", "a"),
            new Listing(List.of(), "The token is wrong."),
            false,
            Map.of());
    assertThat(refused.typing()).isTrue();
    assertThat(refused.note()).endsWith("The token is wrong.");
    assertThat(refused.form().name()).isEqualTo("cart");
    assertThat(refused.form().lines()).isEqualTo("a");
    assertThat(refused.options()).isEmpty();

    assertThat(
            TemplatePart.of(TemplateForm.EMPTY, new Listing(List.of(), null), false, Map.of())
                .note())
        .contains("no templates");
  }

  private static TemplatePart of(TemplateForm form) {
    return TemplatePart.of(form, LISTING, false, Map.of());
  }

  private static TemplateForm picked(String name, String language, String... texts) {
    return new TemplateForm(
        name,
        language,
        true,
        List.of(texts).stream()
            .map(text -> new TemplatePlaceholder(Part.BODY, "", "", text))
            .toList());
  }
}
