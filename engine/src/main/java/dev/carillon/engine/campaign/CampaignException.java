package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.CampaignStatus;
import java.util.List;

/** Why something asked of a campaign was not done; nothing was changed. */
public abstract sealed class CampaignException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CampaignException(String message) {
    super(message);
  }

  /** There is no campaign with that id. */
  public static final class Unknown extends CampaignException {
    private static final long serialVersionUID = 1L;

    Unknown(int id) {
      super("There is no campaign " + id + ".");
    }
  }

  /** It stands where this cannot be done. */
  public static final class WrongStatus extends CampaignException {
    private static final long serialVersionUID = 1L;

    WrongStatus(CampaignStatus status, String wish) {
      super("A campaign that is " + status.key() + " cannot be " + wish + ".");
    }
  }

  /** It is not complete, or something that it needs is not. */
  public static final class NotReady extends CampaignException {
    private static final long serialVersionUID = 1L;

    private final transient List<LaunchProblem> problems;

    NotReady(List<LaunchProblem> problems) {
      this("The campaign cannot be launched yet.", problems);
    }

    NotReady(String words, List<LaunchProblem> problems) {
      super(words);
      this.problems = List.copyOf(problems);
    }

    /** All that is wrong, one or more. */
    public List<LaunchProblem> problems() {
      return problems;
    }
  }
}
