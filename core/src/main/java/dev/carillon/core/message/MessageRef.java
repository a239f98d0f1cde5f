package dev.carillon.core.message;

/**
 * The name of one message: its campaign and its number in that campaign.
 *
 * @param campaign the campaign's id, 1 or more
 * @param seq the message's number, 0 or more, dense within the campaign
 */
public record MessageRef(int campaign, int seq) {
  public MessageRef {
    if (campaign < 1 || seq < 0) {
      throw new IllegalArgumentException("no such message: " + campaign + "/" + seq);
    }
  }
}
