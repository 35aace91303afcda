"""The workflow of an item as a BPMN 2.0 file: any modeller opens it, any engine that reads Python runs it."""
