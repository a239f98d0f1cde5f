package dev.carillon.server.command;

import dev.carillon.server.access.login.SessionSettings;
import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.server.settings.RequestSettings;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks at all settings before any of them is used, so that every mistake is named at once, those
 * that no setting has the name of too. Says where a mistake is, and the value where it can hold no
 * secret.
 */
final class SettingsCheck {
  private static final List<Class<? extends Record>> SETTINGS =
      List.of(CarillonSettings.class, RequestSettings.class, SessionSettings.class);

  private static final String PREFIX = "carillon";
  private static final String ENVIRONMENT = "CARILLON_";

  /** Variables that the launcher reads, without the prefix. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("JAVA_OPTS", "DEBUG");

  /** First parts of the framework's own names, which are not looked at any further. */
  private static final Set<String> OF_THE_FRAMEWORK =
      Set.of("debug", "logging", "management", "server", "spring", "springdoc", "trace");

  /** What is longer may be a secret in the wrong place. */
  private static final int LONGEST_SHOWN = 20;

  private static final Set<Class<?>> SHOWN =
      Set.of(int.class, boolean.class, Duration.class, ZoneId.class);

  private static final Map<Class<?>, String> KINDS =
      Map.of(
          int.class, "a whole number",
          boolean.class, "true or false",
          Duration.class, "a duration, such as 30s, 15m or 12h",
          ZoneId.class, "a time zone with a name, such as Asia/Kolkata",
          URI.class, "an address, such as https://carillon.example.com",
          Path.class, "a path");

  private final ConfigurableEnvironment environment;
  private final Binder binder;
  private final List<String> mistakes = new ArrayList<>();

  private SettingsCheck(ConfigurableEnvironment environment) {
    this.environment = environment;
    this.binder = Binder.get(environment);
  }

  /**
   * What is wrong with the settings, a sentence each, in a stable order; empty when all is well.
   */
  static List<String> mistakes(ConfigurableEnvironment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
      SETTINGS.forEach(type -> check.values(type, validators.getValidator()));
    }
    environment.getPropertySources().forEach(check::names);
    return check.mistakes.stream().distinct().toList();
  }

  private <T extends Record> void values(Class<T> type, Validator validator) {
    int before = mistakes.size();
    for (RecordComponent component : type.getRecordComponents()) {
      value(type, component, validator);
    }
    if (mistakes.size() == before) {
      T settings = binder.bindOrCreate(prefix(type), Bindable.of(type));
      validator.validate(settings).forEach(wrong -> mistakes.add(wrong.getMessage() + "."));
    }
  }

  private <T extends Record> void value(
      Class<T> type, RecordComponent component, Validator validator) {
    String name = name(type, component);
    try {
      @Nullable Object value =
          binder
              .bind(
                  name,
                  Bindable.of(component.getType()).withAnnotations(annotations(type, component)))
              .orElse(null);
      if (value != null) {
        for (ConstraintViolation<T> wrong :
            validator.validateValue(type, component.getName(), value)) {
          mistakes.add(name + " " + wrong.getMessage() + given(name, component) + ".");
        }
      }
    } catch (BindException unreadable) {
      mistakes.add(
          name
              + " must be "
              + KINDS.getOrDefault(component.getType(), "another value")
              + given(name, component)
              + ".");
    }
  }

  /** What the framework binds by, such as the unit of a number; the component lacks some of it. */
  private static Annotation[] annotations(Class<?> type, RecordComponent component) {
    return Stream.of(type.getDeclaredConstructors()[0].getParameters())
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .findFirst()
        .orElseThrow()
        .getAnnotations();
  }

  /** The value and where it comes from, as far as they can be said. */
  private String given(String name, RecordComponent component) {
    String value = binder.bind(name, String.class).orElse("");
    boolean isShown = SHOWN.contains(component.getType()) && value.length() <= LONGEST_SHOWN;
    return (isShown ? ", not \"" + value + "\"" : "") + place(name);
  }

  private void names(PropertySource<?> source) {
    if (source instanceof SystemEnvironmentPropertySource variables) {
      for (String name : variables.getPropertyNames()) {
        if (name.startsWith(ENVIRONMENT)) {
          variable(name.substring(ENVIRONMENT.length()));
        }
      }
    } else if (source instanceof EnumerablePropertySource<?> names) {
      boolean isFile = source instanceof OriginTrackedMapPropertySource && !isBuiltIn(names);
      for (String name : names.getPropertyNames()) {
        property(name, isFile);
      }
    }
  }

  private void variable(String name) {
    String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
    if (!OF_THE_LAUNCHER.contains(name) && !known(SettingsCheck::plain).contains(plain)) {
      mistakes.add(
          ENVIRONMENT
              + name
              + ", in the environment, is the name of no setting."
              + nearest(ENVIRONMENT + name, known(SettingsCheck::variableOf)));
    }
  }

  private void property(String name, boolean isFile) {
    ConfigurationPropertyName parsed = ConfigurationPropertyName.adapt(name, '.');
    if (parsed.isEmpty()) {
      return;
    }
    String first = parsed.getElement(0, ConfigurationPropertyName.Form.UNIFORM);
    boolean isWrong =
        first.equals(PREFIX)
            ? known(ConfigurationPropertyName::of).stream().noneMatch(parsed::equals)
            : isFile && !OF_THE_FRAMEWORK.contains(first);
    if (isWrong) {
      mistakes.add(
          name
              + place(name)
              + " is the name of no setting."
              + nearest(name, known(Function.identity())));
    }
  }

  private static String nearest(String typed, Set<String> names) {
    return NearestName.to(typed, names).map(name -> " The nearest is " + name + ".").orElse("");
  }

  /** The environment variable for a setting. */
  private static String variableOf(String name) {
    return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether a source came with the program. */
  private static boolean isBuiltIn(EnumerablePropertySource<?> source) {
    return source.getName().contains("class path resource");
  }

  private static <T> Set<T> known(Function<String, T> form) {
    return SETTINGS.stream()
        .flatMap(type -> Stream.of(type.getRecordComponents()).map(part -> name(type, part)))
        .map(form)
        .collect(Collectors.toSet());
  }

  private static String plain(String name) {
    return name.substring(PREFIX.length()).replaceAll("[.-]", "");
  }

  private static String name(Class<?> type, RecordComponent component) {
    return prefix(type) + "." + DataObjectPropertyName.toDashedForm(component.getName());
  }

  private static String prefix(Class<?> type) {
    return Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value();
  }

  /** Where a setting comes from, to be put behind its name; empty when that cannot be said. */
  private String place(String name) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof SystemEnvironmentPropertySource) {
        continue;
      }
      @Nullable Origin origin = OriginLookup.getOrigin(source, name);
      if (origin instanceof TextResourceOrigin text
          && text.getLocation() != null
          && text.getResource() != null) {
        return " (line "
            + (text.getLocation().getLine() + 1)
            + " of "
            + text.getResource().getFilename()
            + ")";
      }
    }
    return "";
  }
}
