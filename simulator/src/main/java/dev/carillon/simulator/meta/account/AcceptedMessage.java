package dev.carillon.simulator.meta.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way from a business to a person.
 *
 * @param digits the recipient as the business knows it
 * @param waId the recipient as WhatsApp knows it
 * @param opaque {@code biz_opaque_callback_data}, echoed in every status
 * @param topic the template's name, or {@code text}
 * @param category of the price: {@code marketing}, {@code utility}, {@code authentication} or
 *     {@code service}
 * @param quickReplies the quick-reply buttons by index, empty texts where there is another button
 * @param payloads of the quick-reply buttons by index; a button without one sends its text
 * @param number the how-manieth message to this person, from 1
 * @param windowOpen whether the person wrote in the last 24 hours
 */
public record AcceptedMessage(
    WhatsAppAccount account,
    String wamid,
    String digits,
    String waId,
    @Nullable String opaque,
    String topic,
    String category,
    List<String> quickReplies,
    List<String> payloads,
    int number,
    boolean windowOpen) {

  public boolean marketing() {
    return category.equals("marketing");
  }
}
