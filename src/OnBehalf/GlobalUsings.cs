// The framework's logging has an EventId of its own; in this product the word means an event of the audit log.
global using EventId = OnBehalf.Kernel.EventId;

// Words for people are said where they are needed: `Say($"At most {most} pieces.")`.
global using static OnBehalf.Kernel.Speech;
global using static OnBehalf.Ui.SpokenHtml;
