package dev.carillon.core.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp message from an approved template. Texts are Liquid.
 *
 * @param connection the connection's id
 * @param template name of the template at the provider
 * @param language its language code, such as en or en_US
 * @param header what fills the header; null when the template has nothing to fill there
 * @param parameters what fills the body, in the template's order
 * @param buttons what fills the dynamic buttons
 */
public record WhatsAppTemplate(
    int connection,
    String template,
    String language,
    @Nullable Header header,
    List<Parameter> parameters,
    List<Button> buttons)
    implements MessageContent {
  public WhatsAppTemplate {
    parameters = List.copyOf(parameters);
    buttons = List.copyOf(buttons);
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public List<Integer> connections() {
    return List.of(connection);
  }

  /**
   * A place in a template and the Liquid text that fills it.
   *
   * @param name the place's name in a template with named places; null in one with numbered places
   * @param text Liquid
   */
  public record Parameter(@Nullable String name, String text) {}

  /**
   * The filling of a template's header.
   *
   * @param type text, image, video or document
   * @param name the place's name where the header is a text of a template with named places; else
   *     null
   * @param value Liquid: the text, or the link to the media
   */
  public record Header(String type, @Nullable String name, String value) {

    /** A header without a named place. */
    public Header(String type, String value) {
      this(type, null, value);
    }
  }

  /**
   * The filling of a template's button.
   *
   * @param index place among the buttons, from 0
   * @param type url, quick_reply or copy_code
   * @param value Liquid: the suffix of the address, the payload, or the code
   */
  public record Button(int index, String type, String value) {}
}
