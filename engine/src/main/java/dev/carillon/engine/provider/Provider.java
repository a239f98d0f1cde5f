package dev.carillon.engine.provider;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that messages can be sent through: one implementation a type of connection. */
public interface Provider {

  /** The type of connections that this provider serves, such as whatsapp-cloud. */
  String type();

  Channel channel();

  /**
   * The platform of the devices that it serves: android, ios or web; empty where it serves every
   * address of its channel.
   */
  default Optional<String> platform() {
    return Optional.empty();
  }

  /** What its interface can do; the same at all times. */
  Capabilities capabilities();

  /** The settings and secrets that a connection may have, in the order of a form. */
  List<Field> fields();

  /** What is wrong with the connection's settings, to be shown beside each; empty when nothing. */
  List<Problem> check(Connection connection);

  /** Opens the connection for sending. The sender is thread-safe and lasts until closed. */
  Sender open(Connection connection);

  /**
   * Finds what is wrong for certain with a request to the connection's address by what comes before
   * its body, so that the body need not be read. Never throws. Only requests by one of {@link
   * Capabilities#callbackMethods} come here and to {@link #receive}.
   *
   * @param head the request without its body
   * @return empty when the body must be read to tell
   */
  Optional<CallbackAnswer.Rejected> rejectUnread(Connection connection, CallbackRequest head);

  /** Answers a callback's or handshake's request to the connection's address. Never throws. */
  CallbackAnswer receive(Connection connection, CallbackRequest request);

  /** Where a connection's callback address is entered at the provider, in a sentence; or empty. */
  default String callbackHelp() {
    return "";
  }

  /**
   * The provider's id of the number that the connection sends from, by which callbacks of several
   * numbers to one address are told apart; empty where each has an address of its own.
   */
  default Optional<String> number(Connection connection) {
    return Optional.empty();
  }

  /** What the connection may send a second, over all campaigns; more than 0. */
  double messagesPerSecond(Connection connection);

  /** What an error code means; an unknown code has an answer too. */
  ErrorMeaning explain(String code);

  /** Proves a connection's settings; empty where only a message can. */
  default Optional<ConnectionTest> connectionTest() {
    return Optional.empty();
  }

  /** The templates that messages are made from; empty where there are none to list. */
  default Optional<TemplateCatalog> templates() {
    return Optional.empty();
  }

  /** Checks contents before they are launched; empty where nothing can be said before. */
  default Optional<ContentCheck> contentCheck() {
    return Optional.empty();
  }

  /** Shows what a text becomes for a person; empty where texts are sent as they are. */
  default Optional<TextFill> textFill() {
    return Optional.empty();
  }

  /**
   * A setting or secret of a connection.
   *
   * @param name the JSON name
   * @param label for forms
   * @param help one sentence on where to find it
   * @param required whether a connection needs it
   * @param initial what applies when it is not given; null when nothing does
   */
  record Field(
      String name,
      String label,
      String help,
      Kind kind,
      boolean required,
      @Nullable String initial) {

    /** A setting that a connection needs. */
    public static Field required(String name, String label, String help) {
      return new Field(name, label, help, Kind.SETTING, true, null);
    }

    /** A setting that may be left out. */
    public static Field optional(String name, String label, String help) {
      return new Field(name, label, help, Kind.SETTING, false, null);
    }

    /** Where secrets are sent to, unless another address is given. */
    public static Field address(String name, String label, String help, String initial) {
      return new Field(name, label, help, Kind.ADDRESS, false, initial);
    }

    /** A secret that a connection needs. */
    public static Field secret(String name, String label, String help) {
      return new Field(name, label, help, Kind.SECRET, true, null);
    }

    /** The same with a value that applies when none is given. */
    public Field initially(String value) {
      return new Field(name, label, help, kind, required, value);
    }

    /** Whether it is write-only. */
    public boolean secret() {
      return kind == Kind.SECRET;
    }
  }

  /** What a field of a connection holds. */
  enum Kind {
    SETTING,
    /** An http address that the connection's secrets are sent to. */
    ADDRESS,
    SECRET
  }

  /**
   * @param field JSON name of the setting or secret
   * @param words what is wrong and what to do
   */
  record Problem(String field, String words) {}

  /** Sends messages of one connection. */
  interface Sender extends AutoCloseable {

    /**
     * Fills the content with the person's data.
     *
     * @param properties the user's properties, a JSON object
     * @return what {@link #send} needs, the same for each try
     * @throws PersonalisationException when the content cannot be filled for this person
     */
    Prepared prepare(MessageContent what, String address, String properties)
        throws PersonalisationException;

    /**
     * Calls the provider once and waits for the answer. Never throws; a failure is a result.
     *
     * @param reference echoed by the provider in callbacks, where it can
     */
    SendResult send(Prepared message, String reference);

    /**
     * Sends several messages of one content, by one call where the provider takes as many. Never
     * throws; a failure is a result.
     *
     * @param messages at most as many as {@link Capabilities#messagesPerCall} says
     * @return a result for each, in their order
     */
    default List<SendResult> sendMany(List<Referenced> messages) {
      return messages.stream().map(one -> send(one.message(), one.reference())).toList();
    }

    @Override
    void close();
  }

  /**
   * A message and what it is to be called in callbacks.
   *
   * @param reference as for {@link Sender#send}
   */
  record Referenced(Prepared message, String reference) {}

  /**
   * A message ready to be sent: its request without the reference.
   *
   * @param address the recipient
   * @param body the provider's format
   */
  record Prepared(String address, byte[] body) {}
}
