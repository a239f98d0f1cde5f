package dev.carillon.core.campaign;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a marketer decides of a campaign. A draft may lack parts; {@link #missing()} names them.
 *
 * @param name 1 to 200 characters
 * @param channel the channel it is sent on
 * @param labels names to file it under, without duplicates
 * @param when when it is sent; null in a draft that does not say
 * @param who the audience; null in a draft that does not say
 * @param controlGroup who is held out
 * @param what what it says; null in a draft that does not say
 * @param goal what it is to bring about; null without a goal
 * @param delivery how its messages are sent once a run has started
 * @param limits what keeps it from sending too much
 */
public record CampaignDefinition(
    String name,
    Channel channel,
    List<String> labels,
    @Nullable When when,
    @Nullable Rule who,
    ControlGroup controlGroup,
    @Nullable What what,
    @Nullable Goal goal,
    Delivery delivery,
    Limits limits) {
  public CampaignDefinition {
    labels = labels.stream().distinct().toList();
  }

  /**
   * A draft that says nothing yet of when, who and what; its messages are sent in the usual way.
   */
  public static CampaignDefinition draft(String name, Channel channel, ControlGroup controlGroup) {
    return new CampaignDefinition(
        name,
        channel,
        List.of(),
        null,
        null,
        controlGroup,
        null,
        null,
        Delivery.DEFAULT,
        Limits.NONE);
  }

  /** The same under another name and other labels. */
  public CampaignDefinition named(String otherName, List<String> otherLabels) {
    return new CampaignDefinition(
        otherName, channel, otherLabels, when, who, controlGroup, what, goal, delivery, limits);
  }

  /** The ids of the connections that it is sent through; empty in a draft that does not say. */
  public List<Integer> connections() {
    return what == null ? List.of() : what.connections();
  }

  /** The members that must be filled before it can be launched, by their JSON names. */
  public List<String> missing() {
    ArrayList<String> missing = new ArrayList<>();
    if (when == null) {
      missing.add("when");
    }
    if (who == null) {
      missing.add("who");
    }
    if (what == null) {
      missing.add("what");
    }
    return List.copyOf(missing);
  }
}
