// The framework's logging has an EventId of its own; in this product the word means an event of the audit log.
global using EventId = OnBehalf.Kernel.EventId;
