package dev.carillon.engine.channel;

import java.util.List;
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
