package dev.carillon.engine.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A provider whose messages are templates that it approves and lists. */
public interface TemplateCatalog {

  /** Asks the provider for all templates of the connection's account. Never throws. */
  Listing templates(Connection connection);

  /**
   * @param templates by name and language, as far as they could be read
   * @param problem why the list is not whole, and what to do; null when it is whole
   */
  record Listing(List<Template> templates, @Nullable String problem) {
    public Listing {
      templates = List.copyOf(templates);
    }
  }

  /**
   * A template in one language.
   *
   * @param name its name at the provider
   * @param language its language code, such as en_US
   * @param status the provider's word, such as APPROVED
   * @param category the provider's word, such as MARKETING; empty when it does not say
   * @param header null when the template has none
   * @param body its text, with the places written as {{1}} or {{name}}
   * @param places the names of the places in the body, in the order in which they are filled
   * @param named whether places are filled by name rather than by number
   * @param footer empty when the template has none
   * @param buttons in their order
   */
  record Template(
      String name,
      String language,
      String status,
      String category,
      @Nullable Header header,
      String body,
      List<String> places,
      boolean named,
      String footer,
      List<Button> buttons) {
    public Template {
      places = List.copyOf(places);
      buttons = List.copyOf(buttons);
    }

    /** Whether messages can be sent with it now. */
    public boolean usable() {
      return status.equals("APPROVED");
    }
  }

  /**
   * A stretch of a template's text.
   *
   * @param text as the template has it
   * @param place the name of the place that this is; null where it is plain text
   */
  record Piece(String text, @Nullable String place) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]{1,64})\\s*}}");

    /** A template's text in pieces, in their order. */
    public static List<Piece> of(String text) {
      List<Piece> pieces = new ArrayList<>();
      Matcher places = PLACE.matcher(text);
      int end = 0;
      while (places.find()) {
        if (places.start() > end) {
          pieces.add(new Piece(text.substring(end, places.start()), null));
        }
        pieces.add(new Piece(places.group(), places.group(1)));
        end = places.end();
      }
      if (end < text.length()) {
        pieces.add(new Piece(text.substring(end), null));
      }
      return List.copyOf(pieces);
    }
  }

  /**
   * A template's header.
   *
   * @param type text, image, video, document or location
   * @param text of a text header; else empty
   * @param places the names of the places in the text
   */
  record Header(String type, String text, List<String> places) {
    public Header {
      places = List.copyOf(places);
    }

    /** Whether a message has to fill it. */
    public boolean toFill() {
      return !type.equals("text") || !places.isEmpty();
    }
  }

  /**
   * A template's button.
   *
   * @param index its place, from 0
   * @param type url, quick_reply, copy_code, phone_number, ...
   * @param text what is written on it
   * @param value its address for url, with the place at the end as {{1}} where it has one; else
   *     empty
   * @param toFill whether a message has to fill it
   */
  record Button(int index, String type, String text, String value, boolean toFill) {}
}
