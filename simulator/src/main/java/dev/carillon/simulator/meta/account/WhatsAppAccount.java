package dev.carillon.simulator.meta.account;

/**
 * A business account with its one sending number, as a connection in Carillon needs to know it.
 *
 * @param businessAccountId the WhatsApp Business Account's id
 * @param phoneNumberId the sending number's id
 * @param displayNumber the sending number, digits
 * @param verifiedName the name that people see
 * @param accessToken what sends must bear
 * @param appSecret what callbacks are signed with
 */
public record WhatsAppAccount(
    String businessAccountId,
    String phoneNumberId,
    String displayNumber,
    String verifiedName,
    String accessToken,
    String appSecret) {

  /** The account that a simulator has from the start. */
  public static WhatsAppAccount standard() {
    return new WhatsAppAccount(
        "102290129340398",
        "106540352242922",
        "15550783881",
        "Carillon Bazaar",
        "simulated-access-token",
        "0123456789abcdef0123456789abcdef");
  }
}
